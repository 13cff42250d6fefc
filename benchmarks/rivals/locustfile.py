"""Users without think time against one small page, for benchmarks/run generator."""
from locust import FastHttpUser, task


class Visitor(FastHttpUser):
    @task
    def page(self):
        self.client.get("/")
