import AWSXRay from 'aws-xray-sdk';

// AWS_XRAY_DAEMON_ADDRESS says where segments go, and where the sampling rules are asked for; nothing else is needed.
const segment = new AWSXRay.Segment('legacy-orders');
segment.addAnnotation('shop', 'north');
const subsegment = segment.addNewSubsegment('read the basket');
subsegment.close();
segment.close();
console.log(segment.trace_id);
