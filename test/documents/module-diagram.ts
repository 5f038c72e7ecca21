import 'reflect-metadata';
import type { DynamicModule, Type } from '@nestjs/common';

type ModuleSource = Type | DynamicModule;

/** The modules of a Nest application and what each imports, as a Mermaid flowchart, from Nest's own metadata. */
export function drawModules(root: ModuleSource): string {
  const edges = new Set<string>();
  const visit = (source: ModuleSource): void => {
    for (const imported of importsOf(source)) {
      const edge = `  ${nameOf(source)} --> ${nameOf(imported)}`;
      if (edges.has(edge)) continue;
      edges.add(edge);
      visit(imported);
    }
  };
  visit(root);
  return `\`\`\`mermaid\nflowchart LR\n${[...edges].join('\n')}\n\`\`\``;
}

function importsOf(source: ModuleSource): ModuleSource[] {
  const type = 'module' in source ? source.module : source;
  const declared = (Reflect.getMetadata('imports', type) ?? []) as ModuleSource[];
  return [...declared, ...((('module' in source ? source.imports : undefined) ?? []) as ModuleSource[])];
}

function nameOf(source: ModuleSource): string {
  return ('module' in source ? source.module : source).name;
}
