import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { HealthModule } from '#nest-http';
import type { SignupApiEnv } from './env.js';
import { PageModule } from './page/page.module.js';
import { SettingsModule } from './settings.module.js';
import { SIGNUP_STORE } from './signups/signup.store.js';
import type { SignupStore } from './signups/signup.store.js';
import { SignupsModule } from './signups/signups.module.js';

@Module({})
export class AppModule {
  static forRoot(env: SignupApiEnv): DynamicModule {
    return {
      module: AppModule,
      imports: [
        SettingsModule.forRoot(env),
        PageModule,
        SignupsModule,
        HealthModule.forRoot({
          imports: [SignupsModule],
          inject: [SIGNUP_STORE],
          useFactory: (store: SignupStore) => () => store.ping(),
        }),
      ],
    };
  }
}
