import sys, importlib.abc, importlib.machinery, types
class Any_(types.ModuleType):
    def __getattr__(self, n):
        if n.startswith('__'): raise AttributeError(n)
        return ()
class F(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path, target=None):
        if name.startswith(("core.claims.","creative.rewriting.phrasebook")):
            return importlib.machinery.ModuleSpec(name,self)
    def create_module(self, spec): return Any_(spec.name)
    def exec_module(self, m): pass
sys.meta_path.append(F())
import pytest,time
from bench.retrieval import *
@pytest.mark.django_db
def test_s1():
    t=time.process_time(); print(s1_row(2000,100)); print(time.process_time()-t)
@pytest.mark.django_db
def test_s2():
    t=time.process_time(); print(s2_clips(2000,100)); print(time.process_time()-t)
