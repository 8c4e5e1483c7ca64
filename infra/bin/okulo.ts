import { makeApp } from '../lib/make-app.js';
import { SettingsError } from '../lib/settings.js';

try {
  makeApp().app.synth();
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
