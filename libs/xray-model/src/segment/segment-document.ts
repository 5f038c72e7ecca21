/**
 * The X-Ray segment document, as `PutTraceSegments` takes it and `BatchGetTraces` gives it back.
 *
 * Names and shapes are X-Ray's own, so a value of these types is also the JSON on the wire. Times are
 * epoch **seconds** as floating point numbers.
 *
 * @see https://docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html
 */
export interface SegmentDocument {
  name: string;
  /** 16 lower-case hex digits. */
  id: string;
  /** `1-` + 8 hex digits + `-` + 24 hex digits. Absent on a subsegment nested in its parent. */
  trace_id?: string;
  parent_id?: string;
  type?: 'subsegment';
  start_time: number;
  /** Absent exactly when `in_progress` is true. */
  end_time?: number;
  in_progress?: boolean;
  service?: { version?: string; [key: string]: JsonValue | undefined };
  user?: string;
  origin?: string;
  resource_arn?: string;
  links?: SegmentLink[];
  http?: SegmentHttp;
  error?: boolean;
  fault?: boolean;
  throttle?: boolean;
  /** A 16-digit exception id refers to an exception elsewhere in the same trace. */
  cause?: SegmentCause | string;
  aws?: SegmentAws;
  annotations?: Record<string, AnnotationValue>;
  /** Namespace to (key to any JSON); the exporter writes null for a namespace given as the JSON text `null`. */
  metadata?: Record<string, Record<string, JsonValue> | null>;
  namespace?: string;
  precursor_ids?: string[];
  traced?: boolean;
  sql?: SegmentSql;
  subsegments?: SegmentDocument[];
  /** Only on documents that X-Ray makes for a call to something that sends no segments. */
  inferred?: boolean;
}

/** What filter expressions can search for. */
export type AnnotationValue = string | number | boolean;

/** Anything that JSON can hold. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/** A link to a segment or subsegment, of this or another trace. */
export interface SegmentLink {
  trace_id: string;
  id: string;
  attributes?: Record<string, JsonValue>;
}

/** An HTTP request that was served (of a segment) or made (of a subsegment). */
export interface SegmentHttp {
  request?: {
    method?: string;
    url?: string;
    user_agent?: string;
    client_ip?: string;
    x_forwarded_for?: boolean;
    traced?: boolean;
  };
  response?: { status?: number; content_length?: number | string };
}

/** Why a segment or subsegment failed. */
export interface SegmentCause {
  working_directory?: string;
  paths?: string[];
  exceptions?: SegmentException[];
}

/** An exception, as it was recorded or told by the called side. */
export interface SegmentException {
  id: string;
  type?: string;
  message?: string;
  remote?: boolean;
  truncated?: number;
  skipped?: number;
  /** The id of the exception that caused this one. */
  cause?: string;
  stack?: StackFrame[];
}

/** One place of a stack, the innermost first. */
export interface StackFrame {
  path?: string;
  line?: number;
  label?: string;
}

/** A query of an SQL database. */
export interface SegmentSql {
  url?: string;
  connection_string?: string;
  database_type?: string;
  database_version?: string;
  driver_version?: string;
  user?: string;
  preparation?: string;
  sanitized_query?: string;
}

/** On a segment: where it ran. On a subsegment: the AWS call it describes. */
export interface SegmentAws {
  account_id?: string;
  operation?: string;
  region?: string;
  request_id?: string;
  queue_url?: string;
  table_name?: string;
  table_names?: string[];
  xray?: { sdk?: string; sdk_version?: string; auto_instrumentation?: boolean };
  ec2?: Record<string, JsonValue>;
  ecs?: Record<string, JsonValue>;
  eks?: Record<string, JsonValue>;
  elastic_beanstalk?: Record<string, JsonValue>;
  cloudwatch_logs?: { log_group: string | null; arn?: string }[];
  /** What the X-Ray SDKs write beside these (`topic_arn`, `bucket_name`, `retries`, …). */
  [key: string]: unknown;
}
