import { type Priority, priorities } from './states.ts';

/**
 * Fairness (start-time fair queueing): every job of a system gets a turn, and the lowest turn goes first. Each origin
 * system counts its own turns from the turn the queue has reached, so an origin with ten jobs is served in step with
 * one that has ten thousand. Within one origin a higher priority starts at the head of that origin's turns.
 */
export interface TurnRequest {
  readonly originSystem: string;
  readonly priority: Priority;
  readonly count: number;
}

/** The last turn given per priority of one origin. */
export type LastTurns = Readonly<Partial<Record<Priority, number>>>;

/** First turn for `count` new jobs; they take consecutive turns, and the last one is what to store. */
export function firstTurn(priority: Priority, lastTurns: LastTurns, currentTurn: number): number {
  const ahead = priorities.slice(priorities.indexOf(priority)).map((name) => lastTurns[name] ?? 0);
  return Math.max(currentTurn, ...ahead) + 1;
}

/** Rank inside a turn, so that within the same turn a higher priority goes first. */
const RANKS = priorities.length;

/** pg-boss serves the highest number first: an earlier turn, then a higher priority, is a higher number. */
export function jobPriority(turn: number, priority: Priority): number {
  return -(turn * RANKS + (RANKS - 1 - priorities.indexOf(priority)));
}

/** The turn a pg-boss priority was made from. */
export function turnOf(priority: number): number {
  return Math.floor(-priority / RANKS);
}
