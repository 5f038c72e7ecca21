import { AccountSettings } from '../account-settings/account-settings.js';
import { ResourcePolicies } from '../account-settings/resource-policies.js';
import { TagRegistry } from '../account-settings/tag-registry.js';
import { GroupRegistry } from '../groups/group-registry.js';
import type { TraceIngest } from '../ingest/trace-ingest.js';
import { TelemetryTally } from '../report/telemetry-tally.js';
import { TraceRetrievals } from '../retrieval/trace-retrievals.js';
import { SamplingRules } from '../sampling/sampling-rules.js';
import { SamplingTargets } from '../sampling/sampling-targets.js';
import type { SettingsStore } from '../settings/settings.store.js';
import type { TraceStore } from '../store/trace.store.js';
import type { OperationContext } from './operation.js';

export interface OperationParts {
  store: TraceStore;
  ingest: TraceIngest;
  /** Where what users set up is kept; it is read once, here. */
  settings: SettingsStore;
  /** Injected for tests. */
  now?: () => number;
}

/** Makes everything that operations work on, besides the traces. */
export function createOperationContext({
  store,
  ingest,
  settings,
  now = Date.now,
}: OperationParts): OperationContext {
  return {
    store,
    ingest,
    now,
    groups: new GroupRegistry(settings),
    samplingRules: new SamplingRules(settings, now),
    samplingTargets: new SamplingTargets(now),
    account: new AccountSettings(settings, now),
    tags: new TagRegistry(settings),
    policies: new ResourcePolicies(settings, now),
    retrievals: new TraceRetrievals(),
    telemetry: new TelemetryTally(),
  };
}
