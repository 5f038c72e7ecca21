/**
 * A node of the service graph, as `GetServiceGraph` and `GetTraceGraph` answer it; names and shapes are the API's.
 * Times are epoch seconds, response times seconds.
 *
 * @see https://docs.aws.amazon.com/xray/latest/api/API_Service.html
 */
export interface Service {
  /** Unique within one answer; the edges refer to it. */
  ReferenceId: number;
  Name: string;
  Names: string[];
  /** True on a service that some trace came in at. */
  Root?: true;
  AccountId?: string;
  /** Absent on a service that does not say where it runs. */
  Type?: string;
  /** `active`: it sent segments of its own. */
  State: 'active' | 'unknown';
  StartTime: number;
  EndTime: number;
  Edges: ServiceEdge[];
  /** Absent, with the histograms, on clients. */
  SummaryStatistics?: SummaryStatistics;
  /** Until the last end of anything the service did. */
  DurationHistogram?: HistogramEntry[];
  /** Until the service answered. */
  ResponseTimeHistogram?: HistogramEntry[];
}

/** Calls from one node to another, or the link between a sender and a consumer. Times are epoch seconds. */
export interface ServiceEdge {
  /** Of the service that was called. */
  ReferenceId: number;
  StartTime: number;
  EndTime: number;
  /** The callers' view; empty on a link. */
  SummaryStatistics: Partial<SummaryStatistics>;
  /** Empty on a link. */
  ResponseTimeHistogram: HistogramEntry[];
  Aliases: ServiceAlias[];
  /** What was called was started by a message of another trace. */
  EdgeType?: 'link';
  /** On a link: how old the messages were, from the end of their sending to the start of the work on them. */
  ReceivedEventAgeHistogram?: HistogramEntry[];
}

/** Another name of a service that an edge leads to, as the API has it. */
export interface ServiceAlias {
  Name: string;
  Names: string[];
  Type: string;
}

/** What is in progress is not counted. */
export interface SummaryStatistics {
  OkCount: number;
  ErrorStatistics: { ThrottleCount: number; OtherCount: number; TotalCount: number };
  FaultStatistics: { OtherCount: number; TotalCount: number };
  TotalCount: number;
  /** Seconds to the millisecond. */
  TotalResponseTime: number;
}

/** How many samples took so long, in seconds to the millisecond. */
export interface HistogramEntry {
  Value: number;
  Count: number;
}
