"""Production: the services of docker-compose.yml started by hand, on a real PostgreSQL and Redis.

`shape` reads the compose file and the Dockerfile, `house` starts what they say. Run by
`make test-production`; what only reads the files (test_shape) runs with the suite.
"""
