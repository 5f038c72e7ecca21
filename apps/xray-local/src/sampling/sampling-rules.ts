import type { SettingsStore } from '../settings/settings.store.js';
import { DEFAULT_RULE } from './sampling-rule.js';
import type { SamplingRule, SamplingRuleChange, SamplingRuleRecord } from './sampling-rule.js';

const SETTING = 'sampling-rules';

/** The sampling rules of the account: that for everything, which cannot be deleted, and those that users made. */
export class SamplingRules {
  private records: SamplingRuleRecord[];
  private modifiedSec: number;

  constructor(
    private readonly settings: SettingsStore,
    private readonly now: () => number,
  ) {
    this.records = (settings.get(SETTING) as SamplingRuleRecord[] | undefined) ?? [
      { SamplingRule: DEFAULT_RULE, CreatedAt: 0, ModifiedAt: 0 },
    ];
    // What clients fetched from an earlier process may be other rules than these.
    this.modifiedSec = this.nowSec();
  }

  /** In the order in which they are tried. */
  list(): readonly SamplingRuleRecord[] {
    return this.records;
  }

  byName(name: string): SamplingRuleRecord | undefined {
    return this.records.find(({ SamplingRule: { RuleName } }) => RuleName === name);
  }

  byArn(arn: string): SamplingRuleRecord | undefined {
    return this.records.find(({ SamplingRule: { RuleARN } }) => RuleARN === arn);
  }

  /** When any rule was last made, changed or deleted, epoch seconds: clients with older rules fetch them again. */
  get lastModificationSec(): number {
    return this.modifiedSec;
  }

  create(rule: SamplingRule): SamplingRuleRecord {
    const nowSec = this.nowSec();
    const record = { SamplingRule: rule, CreatedAt: nowSec, ModifiedAt: nowSec };
    this.replaceAll([...this.records, record]);
    return record;
  }

  update(record: SamplingRuleRecord, change: SamplingRuleChange): SamplingRuleRecord {
    const updated = {
      ...record,
      SamplingRule: { ...record.SamplingRule, ...change },
      ModifiedAt: this.nowSec(),
    };
    this.replaceAll(this.records.map((known) => (known === record ? updated : known)));
    return updated;
  }

  delete(record: SamplingRuleRecord): void {
    this.replaceAll(this.records.filter((known) => known !== record));
  }

  private replaceAll(records: SamplingRuleRecord[]): void {
    this.records = records.toSorted(byPriority);
    this.modifiedSec = this.nowSec();
    this.settings.set(SETTING, this.records);
  }

  private nowSec(): number {
    return this.now() / 1000;
  }
}

function byPriority(
  { SamplingRule: a }: SamplingRuleRecord,
  { SamplingRule: b }: SamplingRuleRecord,
): number {
  return a.Priority - b.Priority || (a.RuleName < b.RuleName ? -1 : 1);
}
