/** A call of an endpoint that was answered. */
export interface AnsweredRestCall {
  /** `operationId` of the description. */
  readonly operation: string;
  readonly status: number;
  readonly seconds: number;
}
