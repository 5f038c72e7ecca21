import { ServiceGraphBuilder } from '#xray-model';
import { readGroupFilter } from './group-input.js';
import type { Operation } from './operation.js';
import { requireTimeWindow, toWholeSeconds } from './operation-input.js';
import { prepareTraces } from './prepare-traces.js';
import { readServicePage } from './service-page.js';

/** The service map of a window: what starts in it counts, of every trace of the group that has anything in it. */
export const getServiceGraph: Operation = async (input, { store, groups }) => {
  const window = toWholeSeconds(requireTimeWindow(input));
  const { groupName, isInGroup } = readGroupFilter(input, groups);

  await prepareTraces(store, { window, by: 'activity' });
  const builder = new ServiceGraphBuilder({ startTimeSec: window.startSec, endTimeSec: window.endSec });
  for (const stored of store.find({ window, by: 'activity' })) {
    if (isInGroup(stored)) builder.add(stored.contribution);
  }
  const query = ['GetServiceGraph', window.startSec, window.endSec, groupName];
  const page = readServicePage(input, query, builder.build());
  return { StartTime: window.startSec, EndTime: window.endSec, ...page, ContainsOldGroupVersions: false };
};
