export interface Missing {
  name: string;
  version: string;
  integrity: string;
}

export function missing(): Missing[];
export function install(wanted: Missing): void;
