export { freePorts } from './free-ports.js';
export { startOtlpSink, type OtlpSink } from './otlp-sink.js';
export { runLab, type LabResult } from './run-lab.js';
export { startTcpProxy, type ProxyMode, type TcpProxy } from './tcp-proxy.js';
export { aSignup, postSignup, signupStatus, startTestStack, type TestStack } from './test-stack.js';
export { waitFor } from './wait-for.js';
