import type { ThemeOverride } from '@adminjs/design-system';

const font = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif';
const line = '#dfdad3';

/** The site's own colours in AdminJS's names, each dark enough to be read on its ground. */
export const theme: Partial<ThemeOverride> = {
  font: font as never, // its type asks for a record, its code for this text
  colors: {
    text: '#1c1917',
    border: line,
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
    inputBorder: '#8a837b',
    separator: line,
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
  borders: { input: `1px solid #8a837b`, default: `1px solid ${line}`, bg: `1px solid ${line}` },
};
