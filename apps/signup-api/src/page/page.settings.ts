export interface PageSettings {
  /** Where the console is, without the part that names a trace. */
  serviceMapUrl: string;
}

export const PAGE_SETTINGS = Symbol('PAGE_SETTINGS');
