import type { Connector } from '../../../integrations/contract/connector.ts';
import type { UpstreamCall } from '../../../integrations/contract/upstream.ts';
import type { SystemLaneOptions } from '../calls/lane-context.ts';

/** A connector that can look accounts up. */
export type SeeingConnector = Connector & Required<Pick<Connector, 'findAccount'>>;

export function canLookUp(connector: Connector): connector is SeeingConnector {
  return connector.findAccount !== undefined;
}

/** Options of a lane of look-ups. */
export type LookUpLaneOptions = Omit<SystemLaneOptions, 'connector'> & {
  readonly connector: SeeingConnector;
};

/** Dependencies of the lane's work. */
export type LookUpContext = LookUpLaneOptions & {
  /** A call; `prepaid`: its first permit was taken on admission. */
  readonly callFor: (prepaid: boolean) => UpstreamCall;
};
