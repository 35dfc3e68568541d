/** Short names of the source scripts, by command. */
const aliases: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  crop: { '--input': '--input-path', '--output': '--output-path' },
  occlude: { '--input': '--input-path', '--output': '--output-path' },
};

/**
 * The command line as commander reads it. Long options in the snake_case of the source scripts become kebab-case
 * (`--input_path` is `--input-path`), and their short names become the full ones. Values are left alone, and so is
 * everything after `--`.
 */
export function normaliseArguments(argv: readonly string[]): string[] {
  const end = argv.indexOf('--');
  const names = aliases[argv[0] ?? ''] ?? {};
  return argv.map((argument, position) => {
    if (!argument.startsWith('--') || (end !== -1 && position >= end)) return argument;
    const [name, ...value] = argument.split('=');
    const kebab = name.replaceAll('_', '-');
    return [names[kebab] ?? kebab, ...value].join('=');
  });
}
