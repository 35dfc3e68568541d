/** The samples of each group, groups in code-unit order; those in no group are left out. */
export function groupsOf<Sample extends { readonly group: string | undefined }>(
  samples: readonly Sample[],
): [group: string, members: Sample[]][] {
  const groups = new Map<string, Sample[]>();
  for (const sample of samples) {
    if (sample.group === undefined) continue;
    const members = groups.get(sample.group) ?? [];
    groups.set(sample.group, members);
    members.push(sample);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}
