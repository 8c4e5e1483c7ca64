import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './ui/theme.css';
import './ui/base.css';
import { App } from './app.js';
import { applyTheme } from './ui/theme.js';

applyTheme();
const place = document.getElementById('studio');
if (place !== null) {
  createRoot(place).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
