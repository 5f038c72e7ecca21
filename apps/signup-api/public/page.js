import { enhanceForm } from './signup-form.js';
import { enableTraffic } from './traffic-panel.js';

enhanceForm();
enableTraffic();
