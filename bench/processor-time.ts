import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts processor time in ticks of 10 ms. */
const TICK_MS = 10;

/** Fields of /proc/<pid>/stat after the name, which may hold spaces. */
function statOf(pid: number): readonly string[] {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

/** Milliseconds of processor time a process has used so far. */
export function processorMs(pid: number): number {
  const stat = statOf(pid);
  return (Number(stat[11]) + Number(stat[12])) * TICK_MS;
}

export function parentOf(pid: number): number {
  return Number(statOf(pid)[1]);
}

/** Of a process and its children, those that have ended included. */
export function familyProcessorMs(pid: number): number {
  const stat = statOf(pid);
  const ended = (Number(stat[13]) + Number(stat[14])) * TICK_MS;
  const living = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((child) => childMs(Number(child), pid));
  return processorMs(pid) + ended + living.reduce((sum, ms) => sum + ms, 0);
}

function childMs(child: number, pid: number): number {
  try {
    return parentOf(child) === pid ? processorMs(child) : 0;
  } catch {
    // It ended while we looked.
    return 0;
  }
}

/** Resident memory of a process in MB. */
export function residentMb(pid: number): number {
  const line = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(line?.[1] ?? Number.NaN) / 1_024;
}

/** The most memory a process has held at once so far. */
export function peakMemoryMb(pid: number): number {
  const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1_024;
}

/** Whether a process is still there. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
