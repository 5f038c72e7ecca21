import { ServiceGraphBuilder } from '#xray-model';
import { InvalidRequestError } from './api-error.js';
import { DEFAULT_GROUP } from './default-group.js';
import type { Operation } from './operation.js';
import { optionalText, requireTimeWindow } from './operation-input.js';
import type { OperationInput } from './operation-input.js';
import { readServicePage } from './service-page.js';

const MAX_GROUP_NAME_CHARACTERS = 32;
const MAX_GROUP_ARN_CHARACTERS = 400;

/** The service map of a window: what starts in it counts, of every trace that has anything in it. */
export const getServiceGraph: Operation = (input, { store }) => {
  const window = requireTimeWindow(input);
  checkGroup(input);

  const builder = new ServiceGraphBuilder({ startTimeSec: window.startSec, endTimeSec: window.endSec });
  for (const { contribution } of store.find({ window, by: 'activity' })) builder.add(contribution);
  const page = readServicePage(input, ['GetServiceGraph', window.startSec, window.endSec], builder.build());
  return { StartTime: window.startSec, EndTime: window.endSec, ...page, ContainsOldGroupVersions: false };
};

function checkGroup(input: OperationInput): void {
  const name = optionalText(input, 'GroupName', MAX_GROUP_NAME_CHARACTERS);
  if (name !== undefined && name !== DEFAULT_GROUP.name) {
    throw new InvalidRequestError(`GroupName: there is no group ${name}`);
  }
  const arn = optionalText(input, 'GroupARN', MAX_GROUP_ARN_CHARACTERS);
  if (arn !== undefined && arn !== DEFAULT_GROUP.arn) {
    throw new InvalidRequestError(`GroupARN: there is no group ${arn}`);
  }
}
