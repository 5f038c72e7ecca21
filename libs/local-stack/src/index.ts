export {
  startLocalStack,
  type EnvironmentOverrides,
  type LocalStack,
  type LocalStackOptions,
} from './local-stack.js';
export { PORT_VARIABLES, PortTakenError, resolvePorts, type PortName, type Ports } from './ports.js';
export { findProjectRoot } from './project-root.js';
export {
  LOCAL_ACCOUNT_ID,
  LOCAL_REGION,
  planStack,
  type ProcessName,
  type StackAddresses,
  type StackPlan,
} from './stack-plan.js';
