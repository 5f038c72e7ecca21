import { Module } from '@nestjs/common';
import { loadPageAssets } from './page-assets.js';
import { PAGE_ASSETS, PageController } from './page.controller.js';
import { PageRenderer } from './page.renderer.js';

@Module({
  controllers: [PageController],
  providers: [PageRenderer, { provide: PAGE_ASSETS, useFactory: loadPageAssets }],
  exports: [PageRenderer],
})
export class PageModule {}
