import './styles/tokens.css';
import './styles/base.css';
import './ui/ui.css';
import { render } from 'preact';
import { App } from './App.js';
import { watchLocation } from './route/navigate.js';
import { applyTheme } from './state/theme.js';

applyTheme();
watchLocation();
const root = document.getElementById('console');
if (root !== null) render(<App />, root);
