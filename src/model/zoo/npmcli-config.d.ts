// @types/npmcli__config leaves the definitions out, though the constructor asks for them.
declare module '@npmcli/config/lib/definitions/index.js' {
  import type Config from '@npmcli/config';

  const settings: {
    readonly definitions: Config.DefinitionsObject;
    readonly shorthands: Config.ShortFlags;
    readonly flatten: (
      source: Record<string, unknown>,
      target?: Record<string, unknown>,
    ) => Record<string, unknown>;
  };
  export default settings;
}
