from bench.distinct import bench_plan, measure_b11


def test_the_bench_pool_is_the_one_of_the_targets():
    plan = bench_plan()

    assert [len(slot.choices) for slot in plan.slots] == [20, 20, 20, 20, 20, 10]
    assert plan.frames == 896
    assert len(plan.tunes) == 4


def test_b11_runs_on_a_small_pool(tmp_path):
    figure = measure_b11(True, tmp_path)

    assert figure.is_reached
    assert figure.value < 0.5
    assert figure.behind["account_similarity"] < 0.1
