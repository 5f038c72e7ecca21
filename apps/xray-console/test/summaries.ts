import type { ServiceId, TraceSummary } from '#xray-model';

export function node(name: string, type?: string): ServiceId {
  return { Name: name, Names: [name], ...(type === undefined ? {} : { Type: type }) };
}

/** A summary as the API answers it; tests say only what they are about. */
export function summary(id: string, fields: Partial<TraceSummary> = {}): TraceSummary {
  return {
    Id: id,
    StartTime: 1_700_000_000,
    Duration: 0.1,
    ResponseTime: 0.1,
    HasFault: false,
    HasError: false,
    HasThrottle: false,
    IsPartial: false,
    Http: {},
    Annotations: {},
    Users: [],
    ServiceIds: [],
    ResourceARNs: [],
    InstanceIds: [],
    AvailabilityZones: [],
    FaultRootCauses: [],
    ErrorRootCauses: [],
    ResponseTimeRootCauses: [],
    Revision: 1,
    ...fields,
  };
}
