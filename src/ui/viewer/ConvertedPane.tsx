import { escapedText } from "../components/text-spans.tsx";
import type { Content } from "../content/content.ts";
import { useConverted } from "../content/conversion.ts";
import type { ChangeHighlight } from "../content/previous-version.ts";
import { JsonPane, type JsonPaneProps } from "./JsonPane.tsx";

export interface ConvertedPaneProps
	extends Omit<JsonPaneProps, "source" | "highlight"> {
	readonly content: Content & { readonly kind: "yaml" | "ion" };
	readonly highlight: ChangeHighlight | undefined;
}

/** YAML or Ion as a tree: the JSON that it was converted to, or why it cannot be. */
export function ConvertedPane(props: ConvertedPaneProps) {
	const { content, viewSwitch, highlight } = props;
	const conversion = useConverted(content);
	if (conversion.state === "ready")
		return (
			<JsonPane
				{...props}
				source={conversion.converted.json()}
				highlight={
					highlight?.content === conversion.content
						? { source: conversion.converted.json(), nodes: highlight.nodes }
						: undefined
				}
			/>
		);
	return (
		<>
			<div class="views">{viewSwitch}</div>
			{conversion.state === "failed" ? (
				<pre class="problem" role="alert">
					No tree of this {content.kind === "yaml" ? "YAML" : "Ion"}:{" "}
					{escapedText(conversion.reason)}
					{"\n"}Raw shows the text.
				</pre>
			) : (
				<div class="placeholder" />
			)}
		</>
	);
}
