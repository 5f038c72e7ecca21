import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { findProjectRoot } from '#local-stack';

const LIMIT_MS = 240_000;
const REASON_CHARACTERS = 2_000;

it(
  'the steps of the lab guide can be walked, and its pictures still say what the pages say',
  () => {
    const script = join(findProjectRoot(), 'tools', 'screenshots.mjs');
    const walk = spawnSync(process.execPath, [script, '--check'], {
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '' },
      timeout: LIMIT_MS,
    });

    // The lab's own warnings are on that stream too; the reason is its end.
    const reason = walk.status === 0 ? '' : walk.stderr.slice(-REASON_CHARACTERS);
    expect({ outdated: walk.stdout, reason, status: walk.status }).toEqual({
      outdated: '',
      reason: '',
      status: 0,
    });
  },
  LIMIT_MS + 10_000,
);
