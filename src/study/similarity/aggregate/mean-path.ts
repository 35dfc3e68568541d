import { fileName } from '../../output-name.js';

interface Named {
  readonly key: string;
  readonly value: string;
}

/** Where a mean map lies below the folder of the step: `means/all.npy`, `means/model/fr_feature/sex/female.npy`. */
export function meanPath(models: Named, group: Named): string {
  const parts = [
    ...(models.key === 'all' ? [] : [models.key, models.value]),
    ...(group.key === '' ? [] : [group.key, group.value]),
  ];
  return `means/${parts.length === 0 ? 'all' : parts.map(fileName).join('/')}.npy`;
}

/** Where the mean map of a person lies, by one model or over all. @param model the name of its folder */
export function personPath(identity: string, model: string | undefined): string {
  const person = identity.split('/').map(fileName).join('/');
  return model === undefined ? `means/person/${person}.npy` : `means/model/${model}/person/${person}.npy`;
}

/** Where the mean photograph of a group lies. */
export function meanPhotographPath({ key, value }: Named): string {
  return key === '' ? 'photographs/all.png' : `photographs/${fileName(key)}/${fileName(value)}.png`;
}
