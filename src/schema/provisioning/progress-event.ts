export interface ProgressEvent {
  readonly x: number;
}
