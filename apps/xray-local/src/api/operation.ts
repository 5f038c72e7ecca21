import type { AccountSettings } from '../account-settings/account-settings.js';
import type { ResourcePolicies } from '../account-settings/resource-policies.js';
import type { TagRegistry } from '../account-settings/tag-registry.js';
import type { GroupRegistry } from '../groups/group-registry.js';
import type { TraceIngest } from '../ingest/trace-ingest.js';
import type { TelemetryTally } from '../report/telemetry-tally.js';
import type { TraceRetrievals } from '../retrieval/trace-retrievals.js';
import type { SamplingRules } from '../sampling/sampling-rules.js';
import type { SamplingTargets } from '../sampling/sampling-targets.js';
import type { TraceStore } from '../store/trace.store.js';
import type { OperationInput } from './operation-input.js';

/** What operations work on. */
export interface OperationContext {
  store: TraceStore;
  ingest: TraceIngest;
  groups: GroupRegistry;
  samplingRules: SamplingRules;
  samplingTargets: SamplingTargets;
  account: AccountSettings;
  tags: TagRegistry;
  policies: ResourcePolicies;
  retrievals: TraceRetrievals;
  telemetry: TelemetryTally;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/**
 * One operation of the X-Ray API: members in, members out, as they stand in the JSON of the request and the answer.
 *
 * @throws {XrayApiError} for every answer that is not a success
 */
export type Operation = (input: OperationInput, context: OperationContext) => object | Promise<object>;
