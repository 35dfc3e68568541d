/** What plots and pages colour, by the names of the style sheet's variables. */
export const colourNames = [
  'paper',
  'ink',
  'muted',
  'rule',
  'tint',
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
] as const;

export type ColourName = (typeof colourNames)[number];

/**
 * The colours on a light and on a dark page. The first to sixth are for series: of Okabe and Ito's palette, which
 * colour-blind people can tell apart; where its colours are too pale for lines on paper, darker ones stand in.
 */
export const themes: Readonly<Record<'light' | 'dark', Readonly<Record<ColourName, string>>>> = {
  light: {
    paper: '#ffffff',
    ink: '#1a1a1a',
    muted: '#595959',
    rule: '#d9d9d9',
    tint: '#f3f6f9',
    first: '#0072b2',
    second: '#d55e00',
    third: '#009e73',
    fourth: '#aa3377',
    fifth: '#8a6d00',
    sixth: '#1a1a1a',
  },
  dark: {
    paper: '#16181b',
    ink: '#ececec',
    muted: '#a6adb5',
    rule: '#3a3f45',
    tint: '#1f2429',
    first: '#56b4e9',
    second: '#e69f00',
    third: '#2fc79a',
    fourth: '#ef8fc4',
    fifth: '#f0e442',
    sixth: '#ececec',
  },
};
