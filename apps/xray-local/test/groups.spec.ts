import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { GroupRegistry } from '../src/groups/group-registry.js';
import { MemorySettingsStore } from '../src/settings/settings.store.js';
import { callApi } from './api-caller.js';
import type { Answer } from './api-caller.js';
import { aSegment, aTraceId, BASE_SEC } from './segment-documents.js';
import { startForTest } from './start-for-test.js';
import type { XrayForTest } from './start-for-test.js';

const WINDOW = { StartTime: BASE_SEC, EndTime: BASE_SEC + 60 };

describe('groups', () => {
  let xray: XrayForTest;
  const call = (path: string, input: object = {}): Promise<Answer> => callApi(xray, path, input);
  const idsOf = (answer: Answer): unknown[] =>
    (answer.body['TraceSummaries'] as { Id: string }[]).map(({ Id }) => Id);
  const namesOf = (answer: Answer): string[] =>
    (answer.body['Services'] as { Name: string; Type?: string }[])
      .filter(({ Type }) => Type !== 'client')
      .map(({ Name }) => Name);

  beforeEach(async () => {
    xray = await startForTest();
    const documents = [
      aSegment(1, { name: 'quick' }),
      aSegment(2, { name: 'slow', end_time: BASE_SEC + 3 }),
      aSegment(3, { name: 'failing', fault: true }),
    ];
    await call('/TraceSegments', { TraceSegmentDocuments: documents.map((one) => JSON.stringify(one)) });
    await call('/CreateGroup', { GroupName: 'slow', FilterExpression: 'responsetime > 1' });
  });
  afterEach(async () => {
    await xray.stop();
  });

  it('are what filters can refer to, by name and ARN, the default one too', async () => {
    const { GroupARN } = (await call('/GetGroup', { GroupName: 'slow' })).body['Group'] as {
      GroupARN: string;
    };
    const filtered = async (FilterExpression: string): Promise<unknown[]> =>
      idsOf(await call('/TraceSummaries', { ...WINDOW, FilterExpression }));

    expect(await filtered('group.name = "slow"')).toEqual([aTraceId(2)]);
    expect(await filtered(`group.arn = "${GroupARN}"`)).toEqual([aTraceId(2)]);
    expect(await filtered('group.name = "slow" OR fault')).toHaveLength(2);
    expect(await filtered('!group.name = "slow"')).toHaveLength(2);
    expect(await filtered('group.name = "Default"')).toHaveLength(3);
  });

  it('cut the service graph and the time series down to their traces', async () => {
    expect(namesOf(await call('/ServiceGraph', { ...WINDOW, GroupName: 'slow' }))).toEqual(['slow']);
    expect(namesOf(await call('/ServiceGraph', { ...WINDOW, GroupName: 'Default' }))).toHaveLength(3);
    const series = await call('/TimeSeriesServiceStatistics', { ...WINDOW, GroupName: 'slow' });
    expect(series.body['TimeSeriesServiceStatistics']).toEqual([
      expect.objectContaining({ ResponseTimeHistogram: [{ Value: 3, Count: 1 }] }),
      expect.objectContaining({ ResponseTimeHistogram: [] }),
    ]);
  });

  it('take earlier traces too when their expression changes, and all when it is emptied', async () => {
    await call('/UpdateGroup', { GroupName: 'slow', FilterExpression: 'fault' });
    expect(namesOf(await call('/ServiceGraph', { ...WINDOW, GroupName: 'slow' }))).toEqual(['failing']);

    const emptied = await call('/UpdateGroup', { GroupName: 'slow', FilterExpression: ' ' });
    expect(emptied.body['Group']).not.toHaveProperty('FilterExpression');
    expect(namesOf(await call('/ServiceGraph', { ...WINDOW, GroupName: 'slow' }))).toHaveLength(3);
  });

  it('may refer to each other, and match nothing where that runs in circles or into nothing', async () => {
    await call('/CreateGroup', { GroupName: 'both', FilterExpression: 'group.name = "slow" OR fault' });
    const both = { ...WINDOW, GroupName: 'both' };
    expect(namesOf(await call('/ServiceGraph', both)).toSorted()).toEqual(['failing', 'slow']);

    await call('/UpdateGroup', { GroupName: 'slow', FilterExpression: 'group.name = "both"' });
    expect(namesOf(await call('/ServiceGraph', both))).toEqual(['failing']);

    await call('/DeleteGroup', { GroupName: 'slow' });
    expect(namesOf(await call('/ServiceGraph', both))).toEqual(['failing']);
  });

  it('are named by one member or by two that agree', async () => {
    const { GroupARN } = (await call('/GetGroup', { GroupName: 'slow' })).body['Group'] as {
      GroupARN: string;
    };

    expect((await call('/GetGroup', { GroupName: 'slow', GroupARN })).status).toBe(200);
    expect((await call('/GetGroup', { GroupName: 'Default', GroupARN })).body.Message).toBe(
      'GroupName and GroupARN must name the same group',
    );
  });

  it('have another ARN when they are made again', async () => {
    const before = (await call('/GetGroup', { GroupName: 'slow' })).body['Group'] as { GroupARN: string };
    await call('/DeleteGroup', before);
    const after = (await call('/CreateGroup', { GroupName: 'slow' })).body['Group'] as { GroupARN: string };

    expect(after.GroupARN).not.toBe(before.GroupARN);
    expect((await call('/GetGroup', { GroupARN: before.GroupARN })).status).toBe(400);
  });

  it('lose their tags with them', async () => {
    const { Group } = (await call('/CreateGroup', { GroupName: 'x', Tags: [{ Key: 'a', Value: '1' }] })).body;
    const { GroupARN } = Group as { GroupARN: string };
    expect((await call('/ListTagsForResource', { ResourceARN: GroupARN })).body['Tags']).toHaveLength(1);

    await call('/DeleteGroup', { GroupARN });
    expect((await call('/ListTagsForResource', { ResourceARN: GroupARN })).status).toBe(404);
  });

  it('are at most 25 besides the default one', async () => {
    for (let number = 2; number <= 25; number += 1) {
      expect((await call('/CreateGroup', { GroupName: `g-${number}` })).status).toBe(200);
    }

    expect((await call('/CreateGroup', { GroupName: 'one-more' })).body.Message).toMatch(/25 groups/);
  });

  it('are kept where settings are kept', () => {
    const settings = new MemorySettingsStore();
    new GroupRegistry(settings).create({ GroupName: 'slow', FilterExpression: 'responsetime > 1' });

    const again = new GroupRegistry(settings);

    expect(again.list().map(({ GroupName }) => GroupName)).toEqual(['Default', 'slow']);
    expect(again.filterGroups()[1]).toMatchObject({ name: 'slow', expression: { kind: 'number' } });
  });
});
