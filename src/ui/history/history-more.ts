// The door to what the history can do besides being looked at: one file to load, when the page is at rest.
import "./history-more.css";

export { ChangeSummaryLine } from "./ChangeSummaryLine.tsx";
export { HistoryTools, StorageUse } from "./HistoryTools.tsx";
export { RowTools } from "./RowTools.tsx";
