import { theme as antd, type ThemeConfig } from 'antd';
import type { Theme } from './preferences.tsx';

const shared = { borderRadius: 6, fontSize: 14, controlHeight: 32 };

/** Colours in which every text has a contrast of 4.5 to 1 with what it stands on. */
export function themeOf(theme: Theme): ThemeConfig {
  return theme === 'dark'
    ? {
        algorithm: antd.darkAlgorithm,
        token: {
          ...shared,
          colorPrimary: '#2f7de1',
          colorLink: '#7db4ff',
          colorLinkHover: '#a6ccff',
          colorInfo: '#69a9ff',
          colorBgBase: '#15181d',
          colorBgContainer: '#1b1f26',
          colorBgElevated: '#232830',
          colorBorder: '#49515d',
          colorBorderSecondary: '#343a44',
          colorTextSecondary: 'rgba(255,255,255,0.75)',
          colorTextTertiary: 'rgba(255,255,255,0.68)',
          colorTextDescription: 'rgba(255,255,255,0.68)',
          colorTextPlaceholder: 'rgba(255,255,255,0.62)',
          colorTextQuaternary: 'rgba(255,255,255,0.62)',
          colorError: '#ff7875',
          colorErrorBg: '#33191b',
          colorErrorBorder: '#6b2c2f',
          colorWarning: '#e8b339',
          colorWarningBg: '#2e2716',
          colorWarningBorder: '#5f4f22',
          colorSuccess: '#73d13d',
          colorSuccessBg: '#1b2a17',
          colorSuccessBorder: '#33562a',
        },
        components: {
          Button: {
            primaryColor: '#ffffff',
            colorPrimary: '#2368c4',
            dangerColor: '#15181d',
            colorPrimaryHover: '#2a73d4',
          },
          Menu: { itemSelectedColor: '#a6ccff', itemBg: 'transparent', itemHeight: 34 },
        },
      }
    : {
        algorithm: antd.defaultAlgorithm,
        token: {
          ...shared,
          colorPrimary: '#1554ad',
          colorLink: '#1554ad',
          colorInfo: '#1554ad',
          colorTextSecondary: 'rgba(0,0,0,0.72)',
          colorTextTertiary: 'rgba(0,0,0,0.65)',
          colorTextDescription: 'rgba(0,0,0,0.65)',
          colorTextPlaceholder: 'rgba(0,0,0,0.6)',
          colorTextQuaternary: 'rgba(0,0,0,0.6)',
          colorError: '#b42318',
          colorErrorBg: '#fff1f0',
          colorErrorBorder: '#f3b8b2',
          colorWarning: '#9a5b00',
          colorWarningBg: '#fff8e8',
          colorWarningBorder: '#ecd3a0',
          colorSuccess: '#237804',
          colorSuccessBg: '#f1f9ec',
          colorSuccessBorder: '#bfe0ab',
          colorBgLayout: '#f4f6f9',
        },
        components: { Menu: { itemHeight: 34 } },
      };
}
