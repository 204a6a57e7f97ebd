// Checks the size budgets of what was built; a step of npm test.
import { measureBundle } from "./build/bundle-size.ts";

const weights = measureBundle();
console.table(
	Object.fromEntries(
		weights.map(({ name, ...rest }) => [
			name,
			{
				...rest,
				"of budget": `${Math.round((rest.bytes / rest.budget) * 100)} %`,
			},
		]),
	),
);
const heavy = weights.filter(({ bytes, budget }) => bytes > budget);
for (const { name, bytes, budget } of heavy)
	console.error(
		`${name}: ${bytes} bytes are ${bytes - budget} over the budget.`,
	);
if (heavy.length > 0) process.exitCode = 1;
