import { graphql } from './generated/gql.ts';

/** Settings with values and meaning; all, or those of some keys. */
export const showSettings = graphql(`
  query ShowSettings($keys: [String!]) {
    settings(keys: $keys) { key value defaultValue description version updatedAt updatedBy }
  }
`);

/** Sets one Setting. */
export const updateSetting = graphql(`
  mutation UpdateSetting($key: String!, $value: JSON!, $expectedVersion: Int) {
    updateSetting(input: { key: $key, value: $value, expectedVersion: $expectedVersion }) {
      setting { key value version }
      userErrors { code message path }
    }
  }
`);

/** Who changed what, newest first. */
export const showSettingChanges = graphql(`
  query ShowSettingChanges($key: String, $first: Int!) {
    settingChanges(key: $key, first: $first) {
      nodes { key oldValue newValue changedBy changedAt }
    }
  }
`);
