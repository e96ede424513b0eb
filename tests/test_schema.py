from ntm import facts, schema


def test_a_cell_is_named_by_the_primary_key_less_the_revision() -> None:
    for found in facts.TYPES.values():
        table = found.table
        assert "revision" not in schema.key(table) + schema.columns(table)
        assert set(schema.key(table)) <= set(schema.columns(table))


def test_every_link_of_the_chain_is_of_one_revision_or_one_entry() -> None:
    unique = {column.name for column in schema.chain.columns if column.unique}
    assert unique == {"revision", "entry"}
