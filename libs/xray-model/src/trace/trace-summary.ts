/** A trace as `GetTraceSummaries` lists it; names and shapes are the API's. Times are seconds to the millisecond. */
export interface TraceSummary {
  Id: string;
  /** The earliest start in the trace, in epoch seconds as received. */
  StartTime: number;
  /** From the start of the root to the last end of anything completed. */
  Duration: number;
  /** Of the root; absent while it is in progress or has not arrived. */
  ResponseTime?: number;
  /** The root failed with a 5xx. */
  HasFault: boolean;
  /** The root failed with a 4xx. */
  HasError: boolean;
  /** Anything in the trace was throttled. */
  HasThrottle: boolean;
  /** More of the trace is to come. */
  IsPartial: boolean;
  /** The request that the root answered. */
  Http: SummaryHttp;
  /** By key, one entry for each distinct value. */
  Annotations: Record<string, SummaryAnnotation[]>;
  Users: { UserName: string; ServiceIds: ServiceId[] }[];
  /** Every node of the trace, its clients among them. */
  ServiceIds: ServiceId[];
  /** The node of the root; absent until it arrives. */
  EntryPoint?: ServiceId;
  ResourceARNs: { ARN: string }[];
  InstanceIds: { Id: string }[];
  AvailabilityZones: { Name: string }[];
  FaultRootCauses: RootCause<FailedEntity>[];
  ErrorRootCauses: RootCause<FailedEntity>[];
  ResponseTimeRootCauses: RootCause<SlowEntity>[];
  /** How often the trace has been put together. */
  Revision: number;
  /** Set by a query for the time of an event. */
  MatchedEventTime?: number;
}

/** The request that began the trace. */
export interface SummaryHttp {
  HttpURL?: string;
  HttpStatus?: number;
  HttpMethod?: string;
  UserAgent?: string;
  ClientIp?: string;
}

/** One value of an annotation, and the services that gave it. */
export interface SummaryAnnotation {
  AnnotationValue: { StringValue: string } | { NumberValue: number } | { BooleanValue: boolean };
  ServiceIds: ServiceId[];
}

/** A node of the map, as the API writes it. */
export interface ServiceId {
  Name: string;
  Names: string[];
  AccountId?: string;
  /** Absent on a service that does not say where it runs. */
  Type?: string;
}

/** The way from the entry service down to what went wrong. */
export interface RootCause<Entity> {
  Services: RootCauseService<Entity>[];
  /** What went wrong was handed on by every service up to the client. */
  ClientImpacting: boolean;
}

export interface RootCauseService<Entity> extends ServiceId {
  Inferred: boolean;
  /** The segment, then the subsegments on the way. */
  EntityPath: Entity[];
}

/** A step on the way to what failed: a service, or a call in it. */
export interface FailedEntity {
  Name: string;
  Exceptions: { Name?: string; Message?: string }[];
  /** The entity describes a call to another service. */
  Remote: boolean;
}

/** A step on the way to what took the time. */
export interface SlowEntity {
  Name: string;
  /** The entity's time as a part of the root's, at most 1. */
  Coverage: number;
  Remote: boolean;
}
