/** One thing that a request does to one resource, which the caller's policies must allow. */
export interface Permission {
  /** IAM action, e.g. `sns:Publish`. */
  readonly action: string;
  /** ARN that a policy's `Resource` is compared with; `*` where the action has no resource. */
  readonly resource: string;
  /** How the service itself writes action and resource in a denial, where that differs. */
  readonly shownAction?: string;
  readonly shownResource?: string;
  /** Condition keys that only this request has, e.g. `sns:Protocol`. */
  readonly conditionKeys?: Readonly<Record<string, string>>;
}
