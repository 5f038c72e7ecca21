import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import type { SignupApiEnv } from './env.js';
import { PAGE_SETTINGS } from './page/page.settings.js';
import type { PageSettings } from './page/page.settings.js';
import { SIGNUP_SETTINGS } from './signups/signup.settings.js';
import type { SignupSettings } from './signups/signup.settings.js';

/** Gives each feature its own slice of the environment, so that none reads what is not its own. */
@Module({})
export class SettingsModule {
  static forRoot(env: SignupApiEnv): DynamicModule {
    const signups: SignupSettings = {
      tableName: env.SIGNUP_TABLE,
      notifierUrl: env.NOTIFIER_URL,
      notifierTimeoutMs: env.NOTIFIER_TIMEOUT_MS,
    };
    const page: PageSettings = { serviceMapUrl: env.SERVICE_MAP_URL };
    return {
      module: SettingsModule,
      global: true,
      providers: [
        { provide: SIGNUP_SETTINGS, useValue: signups },
        { provide: PAGE_SETTINGS, useValue: page },
      ],
      exports: [SIGNUP_SETTINGS, PAGE_SETTINGS],
    };
  }
}
