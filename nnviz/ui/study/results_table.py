from nnviz.ui.kit.table import TableView
def results_view(study, table): return TableView()
