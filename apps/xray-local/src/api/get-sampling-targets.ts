import { REPORT_INTERVAL_SEC } from '../sampling/sampling-targets.js';
import type { SamplingStatistics } from '../sampling/sampling-targets.js';
import { InvalidRequestError } from './api-error.js';
import type { Operation } from './operation.js';
import type { OperationInput } from './operation-input.js';
import {
  COUNT,
  optionalMembersList,
  optionalNumber,
  requireMembersList,
  requireNumber,
  requireText,
  requireTimeSec,
} from './operation-input.js';
import { MAX_RULE_NAME_CHARACTERS } from './sampling-rule-input.js';

const MAX_DOCUMENTS = 25;
const CLIENT_ID_CHARACTERS = 24;
/** What is older says nothing about now. Arbitrary: AWS tells no number. */
const MAX_AGE_SEC = 300;

/** Takes what clients counted of each rule, and tells each how much of it to sample from now on. */
export const getSamplingTargets: Operation = (input, { samplingRules, samplingTargets, now }) => {
  const documents = requireMembersList(input, 'SamplingStatisticsDocuments', MAX_DOCUMENTS).map(
    readStatistics,
  );
  // Boosts are for anomalies that the newest SDKs report; there are none here, so nobody gets one.
  optionalMembersList(input, 'SamplingBoostStatisticsDocuments', MAX_DOCUMENTS);

  const targets: object[] = [];
  const unprocessed: object[] = [];
  for (const statistics of documents) {
    const { ruleName, clientId, timestampSec } = statistics;
    const rule = samplingRules.byName(ruleName)?.SamplingRule;
    // Clients look at the first digit, as of a status: at 4 they fetch the rules again.
    if (rule === undefined) {
      unprocessed.push(toUnprocessed(ruleName, '404', `there is no sampling rule ${ruleName}`));
    } else if (timestampSec < now() / 1000 - MAX_AGE_SEC) {
      unprocessed.push(toUnprocessed(ruleName, '400', `Timestamp is more than ${MAX_AGE_SEC} s ago`));
    } else {
      samplingTargets.record(statistics);
      targets.push({
        RuleName: ruleName,
        FixedRate: rule.FixedRate,
        ReservoirQuota: samplingTargets.quotaOf(rule, clientId),
        ReservoirQuotaTTL: samplingTargets.quotaEndSec(),
        Interval: REPORT_INTERVAL_SEC,
      });
    }
  }
  return {
    SamplingTargetDocuments: targets,
    LastRuleModification: samplingRules.lastModificationSec,
    UnprocessedStatistics: unprocessed,
    UnprocessedBoostStatistics: [],
  };
};

function readStatistics({ path, members }: { path: string; members: OperationInput }): SamplingStatistics {
  const clientId = requireText(members, `${path}.ClientID`, CLIENT_ID_CHARACTERS);
  if (clientId.length !== CLIENT_ID_CHARACTERS) {
    throw new InvalidRequestError(`${path}.ClientID must have ${CLIENT_ID_CHARACTERS} characters`);
  }
  return {
    clientId,
    ruleName: requireText(members, `${path}.RuleName`, MAX_RULE_NAME_CHARACTERS),
    timestampSec: requireTimeSec(members, `${path}.Timestamp`),
    requestCount: requireNumber(members, `${path}.RequestCount`, COUNT),
    sampledCount: requireNumber(members, `${path}.SampledCount`, COUNT),
    borrowCount: optionalNumber(members, `${path}.BorrowCount`, COUNT) ?? 0,
  };
}

function toUnprocessed(ruleName: string, errorCode: string, message: string): object {
  return { RuleName: ruleName, ErrorCode: errorCode, Message: message };
}
