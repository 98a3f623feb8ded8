import type { ThemeOverride } from '@adminjs/design-system';

type Theme = Partial<ThemeOverride>;
const font = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif';
const light = { line: '#dfdad3', edge: '#8a837b' },
  dark = { line: '#3b3632', edge: '#857d75' };
const borders = ({ line, edge }: typeof light) => ({ input: `1px solid ${edge}`, default: `1px solid ${line}`, bg: `1px solid ${line}` });

/** The site's own colours in AdminJS's names, each dark enough to be read on its ground. */
export const theme: Theme = {
  font: font as never, // its type asks for a record, its code for this text
  colors: {
    text: '#1c1917',
    border: light.line,
    primary100: '#a62c12',
    primary80: '#bf3418',
    primary60: '#d65a3f',
    primary40: '#eab3a5',
    primary20: '#f9e9e4',
    accent: '#44403c',
    grey100: '#1c1917',
    grey80: '#44403c',
    grey60: '#645e57',
    grey40: '#6f6860',
    grey20: '#f1eeea',
    bg: '#fbfaf8',
    container: '#ffffff',
    sidebar: '#ffffff',
    filterBg: '#fbfaf8',
    inputBorder: light.edge,
    separator: light.line,
    highlight: '#f1eeea',
    error: '#b00020',
    errorDark: '#8f001a',
    success: '#1c6b3c',
    successDark: '#1c6b3c',
    info: '#1f5aa6',
    infoDark: '#1f5aa6',
    love: '#a62c12',
  },
  sizes: { navbarHeight: '56px', sidebarWidth: '248px', maxFormWidth: '740px' },
  borders: borders(light),
};

/** What changes where the reader wants it dark. AdminJS mixes colours by itself, so that they cannot be variables of a style sheet. */
export const darkTheme: Theme = {
  colors: {
    text: '#f4f0ea',
    white: '#1c1917',
    black: '#f4f0ea',
    border: dark.line,
    primary100: '#ff8f72',
    primary80: '#ffab94',
    primary60: '#ff8f72',
    primary40: '#7d3a28',
    primary20: '#3d221a',
    accent: '#d6cfc7',
    grey100: '#f4f0ea',
    grey80: '#d6cfc7',
    grey60: '#b3aba2',
    grey40: '#a39b92',
    grey20: '#292522',
    bg: '#141211',
    container: '#1c1917',
    sidebar: '#1c1917',
    filterBg: '#141211',
    inputBorder: dark.edge,
    separator: dark.line,
    highlight: '#292522',
    error: '#ff9aa6',
    errorDark: '#ffb8c0',
    success: '#7fcf9d',
    successDark: '#7fcf9d',
    info: '#93bdf5',
    infoDark: '#93bdf5',
    love: '#ff8f72',
  },
  borders: borders(dark),
};
