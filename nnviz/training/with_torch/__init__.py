"""Learning with torch: the reference of the other engine, its stand-in, and what runs on a device.

The only place that imports torch.
"""
