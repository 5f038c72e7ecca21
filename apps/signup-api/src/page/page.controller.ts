import { Controller, Get, Headers, Inject, NotFoundException, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { DescribeController } from '#nest-http';
import type { PageAsset } from './page-assets.js';
import { DescribeAsset, DescribeFavicon, DescribePage } from './page.docs.js';
import { PageRenderer } from './page.renderer.js';
import { BLANK_VIEW } from './page.view.js';

export const PAGE_ASSETS = Symbol('PAGE_ASSETS');

@DescribeController('page')
@Controller()
export class PageController {
  constructor(
    private readonly renderer: PageRenderer,
    @Inject(PAGE_ASSETS) private readonly assets: ReadonlyMap<string, PageAsset>,
  ) {}

  @Get()
  @DescribePage()
  page(@Res({ passthrough: true }) reply: FastifyReply): string {
    void reply.header('cache-control', 'no-cache');
    return this.renderer.render(BLANK_VIEW, reply);
  }

  @Get('favicon.ico')
  @DescribeFavicon()
  favicon(): never {
    throw new NotFoundException('Cannot GET /favicon.ico');
  }

  @Get('assets/:name')
  @DescribeAsset()
  asset(
    @Param('name') name: string,
    @Headers('if-none-match') knownEtag: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Buffer | undefined {
    const asset = this.assets.get(name);
    if (!asset) throw new NotFoundException(`Cannot GET /assets/${name}`);
    // Names stay the same from version to version, so a browser must ask each time and is answered with 304.
    void reply
      .headers({ 'cache-control': 'no-cache', etag: asset.etag, 'x-content-type-options': 'nosniff' })
      .type(asset.contentType);
    if (knownEtag === asset.etag) {
      void reply.status(304);
      return undefined;
    }
    return asset.content;
  }
}
