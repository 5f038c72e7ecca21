import { GetServiceGraphCommand, paginateGetTraceSummaries, XRayClient } from '@aws-sdk/client-xray';

// Nothing here is for X-Ray Local: AWS_ENDPOINT_URL_XRAY, AWS_REGION and any credentials are read by the SDK.
const xray = new XRayClient({});
const StartTime = new Date(Date.now() - 10 * 60_000);
const EndTime = new Date();

const { Services = [] } = await xray.send(new GetServiceGraphCommand({ StartTime, EndTime }));
for (const { Name, Type, SummaryStatistics } of Services) {
  console.log(`${Type} ${Name}: ${SummaryStatistics?.TotalCount ?? 0} requests`);
}

const query = { StartTime, EndTime, FilterExpression: 'service("signup-api") AND ok' };
for await (const { TraceSummaries = [] } of paginateGetTraceSummaries({ client: xray }, query)) {
  for (const { Id, ResponseTime } of TraceSummaries) console.log(Id, `${ResponseTime} s`);
}
