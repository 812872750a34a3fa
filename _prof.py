import os, time, json, sys

os.environ["DJANGO_SETTINGS_MODULE"] = "backend.settings"
import backend.wsgi
from django.db import connection

connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
from django.test import override_settings
from backend.benches import webhooks as W, standing
from campaigns import inbox, stripe_gateway
from django.utils import timezone
import tempfile, shutil, cProfile, pstats
from pathlib import Path

N = int(sys.argv[1])
folder = Path(tempfile.mkdtemp())
try:
    c, i = standing.world(N + 10)
    standing.stand(c, i, N + 1, every_waiting=N + 1)
    port = W.free_ports(1)[0]
    si = f"http://127.0.0.1:{port}"
    with (
        override_settings(
            STRIPE_API_BASE=si, STRIPE_SECRET_KEY=W.KEY, STRIPE_WEBHOOK_SECRET=W.SECRET
        ),
        W._running(W._stand_in(port, folder), si + "/_control/health", {}),
    ):
        bodies = W._pay_all(si, c)
        for b in bodies:
            inbox.store(
                event=stripe_gateway.read_event(
                    b, W.signature(b, W.SECRET, int(time.time())), at=timezone.now()
                ),
                at=timezone.now(),
            )
        pr = cProfile.Profile()
        w = time.time()
        p = time.process_time()
        if len(sys.argv) > 2:
            pr.enable()
        W._handled(len(bodies))
        pr.disable()
        print("handled/s wall", N / (time.time() - w), "cpu", N / (time.process_time() - p))
        if len(sys.argv) > 2:
            pstats.Stats(pr).sort_stats("cumtime").print_stats(60)
finally:
    connection.creation.destroy_test_db("x", verbosity=0)
    shutil.rmtree(folder)
