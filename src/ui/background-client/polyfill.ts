// A module of its own, so that the bundler's helper for CommonJS modules (0.4 kB) stays out of the first load.
export { default as polyfill } from "webextension-polyfill";
