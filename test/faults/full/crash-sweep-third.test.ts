import { sweepShard } from '../setup/sweep-shard.ts';

sweepShard(2);
