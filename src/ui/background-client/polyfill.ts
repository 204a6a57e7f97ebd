// webextension-polyfill behind a module of ours: what the bundler needs to take a CommonJS module in stays out of the first load.
export { default as polyfill } from "webextension-polyfill";
