// The drawing of the graph.
export { default } from "cytoscape";
