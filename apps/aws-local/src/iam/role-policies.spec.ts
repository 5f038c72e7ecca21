import { describe, expect, it } from '@jest/globals';
import { RolePolicies, type InlinePolicies } from './role-policies.js';

const DOCUMENT = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}';
const DENY = DOCUMENT.replace('Allow', 'Deny');

function aRole(): Map<string, InlinePolicies> {
  return new Map([['notifier', new Map([['notifier', DOCUMENT]])]]);
}

describe('RolePolicies', () => {
  it('saves only the roles that were changed', async () => {
    const saved: string[][] = [];
    const roles = new Map([...aRole(), ['other', new Map<string, string>()] as const]);
    const policies = new RolePolicies(
      roles,
      new Map(),
      async (changed) => void saved.push([...changed.keys()]),
    );

    await policies.put('notifier', 'more', DENY);
    await policies.delete('notifier', 'more');

    expect(saved).toEqual([['notifier'], ['notifier']]);
  });

  it('does not count a change that could not be saved, and goes on', async () => {
    let isDiskFull = true;
    const policies = new RolePolicies(aRole(), new Map(), async () => {
      if (isDiskFull) throw new Error('no space');
    });

    await expect(policies.put('notifier', 'more', DENY)).rejects.toThrow('no space');
    expect(policies.policyNames('notifier')).toEqual(['notifier']);
    isDiskFull = false;
    await policies.put('notifier', 'more', DENY);

    expect(policies.policyNames('notifier')).toEqual(['more', 'notifier']);
  });

  it('applies changes made at the same time one after the other', async () => {
    const policies = new RolePolicies(
      aRole(),
      new Map(),
      () => new Promise((resolve) => setImmediate(resolve)),
    );

    await Promise.all(['a', 'b', 'c'].map((name) => policies.put('notifier', name, DENY)));

    expect(policies.policyNames('notifier')).toEqual(['a', 'b', 'c', 'notifier']);
    expect(policies.statementsOf('notifier')).toHaveLength(4);
  });

  it('prefers what was changed in an earlier run, and drops roles that are no more', () => {
    const changed = new Map<string, InlinePolicies>([
      ['notifier', new Map([['notifier', DENY]])],
      ['gone', new Map([['gone', DOCUMENT]])],
    ]);

    const policies = new RolePolicies(aRole(), changed);

    expect(policies.document('notifier', 'notifier')).toBe(DENY);
    expect(policies.hasRole('gone')).toBe(false);
  });
});
